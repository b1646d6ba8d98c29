//! Bar charts as SVG, for the results that are committed: those of the benchmarks, and of the
//! example programs.

use std::fmt::Write;

/// Groups of horizontal bars, one bar for each series.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// Stands above everything.
    pub title: String,
    /// What the numbers are.
    pub unit: String,
    /// What the bars of a group are, one colour each.
    pub series: Vec<String>,
    /// Names, and a number for each series. None has no bar.
    pub groups: Vec<(String, Vec<Option<f64>>)>,
    /// Where a line goes from top to bottom, such as 1 for ratios.
    pub reference: Option<f64>,
    /// Bars that are longer are cut off here, and marked.
    pub cut: Option<f64>,
}

/// Width of everything, in pixels as all that follows.
const WIDTH: f64 = 880.0;
/// Space at the edges, and between a label and its bars.
const MARGIN: f64 = 16.0;
/// Space to the right of the longest bar, for its number.
const NUMBER: f64 = 64.0;
/// Height of a bar, and of its place.
const BAR: f64 = 11.0;
const STEP: f64 = 13.0;
/// Space between groups.
const GAP: f64 = 12.0;
/// Height of a line of text.
const LINE: f64 = 20.0;
/// Width of a character of a label: an estimate, there are no fonts here.
const CHARACTER: f64 = 6.9;

/// The first is ours. They can be told apart by those who do not see red or green, and on light
/// and dark ground.
const COLOURS: [&str; 8] = [
    "#1f77d0", "#e69f00", "#009e73", "#cc79a7", "#8c6bd8", "#d55e00", "#56b4e9", "#8a8a8a",
];

/// The ground is drawn too, since a page may be dark where the reader's settings are not.
const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#24292f}\
.title{font-size:16px;font-weight:600}\
.end{text-anchor:end}.middle{text-anchor:middle}\
.small{font-size:10.5px}.cut{font-weight:700}\
.number{font-size:10.5px;stroke:#fff;stroke-width:3;paint-order:stroke}\
.ground{fill:#fff}.grid{stroke:#d8dee4}.reference{stroke:#24292f;stroke-dasharray:4 3}\
.gap{stroke:#fff;stroke-width:2.5}\
@media(prefers-color-scheme:dark){\
text{fill:#e6edf3}.number{stroke:#0d1117}.ground{fill:#0d1117}.grid{stroke:#30363d}.reference{stroke:#e6edf3}\
.gap{stroke:#0d1117}}";

impl Bars {
    /// The chart.
    ///
    /// Texts may be cells of a Markdown table: their backticks are left out.
    pub fn svg(&self) -> String {
        let legend = self.legend();
        let top = MARGIN + 2.5 * LINE + legend.height;
        let heights = self.groups.iter().map(|(_, numbers)| height(numbers));
        let bottom = top + GAP + heights.sum::<f64>();
        let scale = self.scale();
        let mut drawing = Drawing::new(bottom + LINE + MARGIN);
        drawing.text(MARGIN, MARGIN + 12.0, "title", &self.title);
        drawing.text(MARGIN, MARGIN + 1.5 * LINE, "small", &self.unit);
        legend.draw(&mut drawing);
        scale.draw(&mut drawing, top, bottom);
        if let Some(reference) = self.reference {
            drawing.vertical(scale.x(reference), top, bottom, "reference");
        }
        let mut y = top + GAP;
        for (name, numbers) in &self.groups {
            draw_group(&mut drawing, &scale, y, name, numbers);
            y += height(numbers);
        }
        drawing.finish(&self.title)
    }

    fn legend(&self) -> Legend<'_> {
        let mut legend = Legend {
            entries: Vec::new(),
            height: LINE,
        };
        let mut x = MARGIN;
        for name in &self.series {
            let width = 18.0 + text_width(name) + MARGIN;
            if x + width > WIDTH - MARGIN && x > MARGIN {
                x = MARGIN;
                legend.height += LINE;
            }
            let y = MARGIN + 1.5 * LINE + legend.height;
            legend.entries.push((x, y, name));
            x += width;
        }
        legend
    }

    fn scale(&self) -> Scale {
        let labels = self.groups.iter().map(|(name, _)| text_width(name));
        let left = MARGIN + labels.fold(0.0, f64::max) + MARGIN / 2.0;
        let numbers = self.groups.iter().flat_map(|(_, numbers)| numbers);
        let numbers: Vec<f64> = numbers.flatten().copied().collect();
        let longest = numbers.iter().copied().fold(0.0, f64::max);
        let longest = longest.min(self.cut.unwrap_or(f64::INFINITY));
        let longest = longest.max(self.reference.unwrap_or(0.0));
        Scale {
            left,
            // Something to divide by where there are no numbers.
            longest: if longest > 0.0 { longest } else { 1.0 },
            whole: numbers.iter().all(|number| number.fract() == 0.0),
        }
    }
}

/// What the colours mean.
struct Legend<'a> {
    entries: Vec<(f64, f64, &'a str)>,
    height: f64,
}

impl Legend<'_> {
    fn draw(&self, drawing: &mut Drawing) {
        for (series, &(x, y, name)) in self.entries.iter().enumerate() {
            drawing.bar(x, y - 9.0, 11.0, series);
            drawing.text(x + 16.0, y, "", name);
        }
    }
}

/// Where numbers are.
struct Scale {
    left: f64,
    longest: f64,
    /// Whether all numbers are whole ones.
    whole: bool,
}

impl Scale {
    fn x(&self, number: f64) -> f64 {
        self.left + number / self.longest * (WIDTH - MARGIN - NUMBER - self.left)
    }

    /// What stands at the end of a bar: three digits, if there are as many behind the point.
    fn label(&self, number: f64) -> String {
        match number {
            number if self.whole || number >= 100.0 => format!("{number:.0}"),
            number if number >= 10.0 => format!("{number:.1}"),
            number => format!("{number:.2}"),
        }
    }

    /// Lines behind the bars, and their numbers below.
    fn draw(&self, drawing: &mut Drawing, top: f64, bottom: f64) {
        let step = round_step(self.longest / 5.0);
        let mut number = 0.0;
        while number <= self.longest * 1.0001 {
            drawing.vertical(self.x(number), top, bottom, "grid");
            drawing.text(self.x(number), bottom + 14.0, "small middle", &tick(number));
            number += step;
        }
    }
}

/// The first of 1, 2, 5, 10, 20, .. that is not smaller, or of 0.1, 0.2, ..
fn round_step(number: f64) -> f64 {
    let power = 10f64.powf(number.log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|factor| factor * power);
    let fits = steps.into_iter().find(|&step| step >= number);
    fits.unwrap_or(10.0 * power)
}

/// What stands below a line: no more digits than its number has, and none that are errors of
/// rounding.
fn tick(number: f64) -> String {
    let digits = format!("{number:.6}");
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// Height of a group, with the space below it.
fn height(numbers: &[Option<f64>]) -> f64 {
    numbers.iter().flatten().count().max(1) as f64 * STEP + GAP
}

fn text_width(text: &str) -> f64 {
    let shown = text.chars().filter(|&character| character != '`');
    shown.count() as f64 * CHARACTER
}

fn draw_group(drawing: &mut Drawing, scale: &Scale, y: f64, name: &str, numbers: &[Option<f64>]) {
    let middle = y + (height(numbers) - GAP) / 2.0;
    drawing.text(scale.left - MARGIN / 2.0, middle + 4.0, "end", name);
    let bars = numbers.iter().enumerate();
    let bars = bars.filter_map(|(series, number)| Some((series, (*number)?)));
    for (place, (series, number)) in bars.enumerate() {
        draw_bar(drawing, scale, y + place as f64 * STEP, series, number);
    }
}

fn draw_bar(drawing: &mut Drawing, scale: &Scale, y: f64, series: usize, number: f64) {
    let is_cut = number > scale.longest;
    let end = scale.x(number.min(scale.longest));
    drawing.bar(scale.left, y, end - scale.left, series);
    if is_cut {
        drawing.gap(end - 12.0, y);
    }
    let class = if is_cut { "number cut" } else { "number" };
    drawing.text(end + 4.0, y + 9.5, class, &scale.label(number));
}

/// The SVG as far as it is written.
struct Drawing(String);

impl Drawing {
    fn new(height: f64) -> Self {
        let mut drawing = Self(String::new());
        drawing.add(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img">
<style>{STYLE}</style>
<rect class="ground" width="{WIDTH}" height="{height}" rx="6"/>"#
        ));
        drawing
    }

    /// Adds a line.
    fn add(&mut self, element: &str) {
        writeln!(self.0, "{element}").expect("strings take everything");
    }

    fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let text = escaped(text);
        self.add(&format!(
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{text}</text>"#
        ));
    }

    fn bar(&mut self, x: f64, y: f64, width: f64, series: usize) {
        let colour = COLOURS[series % COLOURS.len()];
        self.add(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{BAR}" fill="{colour}"/>"#
        ));
    }

    /// The mark of a bar that is cut off: two slanted lines in the colour of the ground.
    fn gap(&mut self, x: f64, y: f64) {
        for x in [x, x + 5.0] {
            let (right, bottom) = (x + 4.0, y + BAR + 1.0);
            let top = y - 1.0;
            self.add(&format!(
                r#"<line class="gap" x1="{right:.1}" y1="{top:.1}" x2="{x:.1}" y2="{bottom:.1}"/>"#
            ));
        }
    }

    fn vertical(&mut self, x: f64, top: f64, bottom: f64, class: &str) {
        self.add(&format!(
            r#"<line class="{class}" x1="{x:.1}" y1="{top:.1}" x2="{x:.1}" y2="{bottom:.1}"/>"#
        ));
    }

    /// The whole, with a name for those who hear it.
    fn finish(mut self, title: &str) -> String {
        self.add(&format!("<title>{}</title>", escaped(title)));
        self.add("</svg>");
        self.0
    }
}

/// Text as XML has it.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '`' => {}
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            character => escaped.push(character),
        }
    }
    escaped
}
