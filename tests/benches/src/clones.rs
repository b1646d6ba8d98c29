//! What is copied in the benchmarks of deep copies: trees of nodes that own their names and
//! children, and graphs of nodes that are shared.

pub mod foreign;
pub mod graph;
pub mod tree;

pub use graph::{GraphNode, graph};
pub use tree::{BlinkNode, Node};
