//! The paths of an archive as a tree.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The other nodes are numbered from one.
const ROOT: usize = 0;

/// The files and directories to create, each once, by parent and name. Whole paths could be far
/// longer than the archive.
pub(super) struct Tree {
    nodes: HashMap<(usize, String), Node>,
    most: u64,
}

#[derive(Clone, Copy)]
struct Node {
    number: usize,
    is_directory: bool,
}

impl Tree {
    /// A tree with a maximum number of files and directories.
    pub(super) fn new(most: u64) -> Self {
        Self {
            nodes: HashMap::new(),
            most,
        }
    }

    /// Adds a path, and returns the number of its components that were already there.
    pub(super) fn insert(&mut self, path: &str, is_directory: bool) -> Result<usize, String> {
        let mut parent = ROOT;
        let mut present = 0;
        let mut names = path.split('/').peekable();
        while let Some(name) = names.next() {
            let new = Node {
                number: ROOT + 1 + self.nodes.len(),
                is_directory: is_directory || names.peek().is_some(),
            };
            match self.nodes.entry((parent, name.to_owned())) {
                Entry::Vacant(_) if new.number as u64 > self.most => {
                    return Err(format!(
                        "is beyond the limit of {} files and directories",
                        self.most
                    ));
                }
                Entry::Vacant(vacant) => parent = vacant.insert(new).number,
                Entry::Occupied(old) => {
                    parent = same_directory(*old.get(), new)?.number;
                    present += 1;
                }
            }
        }
        Ok(present)
    }
}

fn same_directory(old: Node, new: Node) -> Result<Node, String> {
    match (old.is_directory, new.is_directory) {
        (true, true) => Ok(old),
        (false, false) => Err("has the path of another entry".to_owned()),
        (true, false) | (false, true) => {
            Err("has a path that is both a file and a directory".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inserts paths; a slash at the end marks a directory.
    fn insert(paths: &[&str]) -> Result<Vec<usize>, String> {
        let mut tree = Tree::new(5);
        let insert = |path: &&str| match path.strip_suffix('/') {
            Some(path) => tree.insert(path, true),
            None => tree.insert(path, false),
        };
        paths.iter().map(insert).collect()
    }

    #[test]
    fn present() {
        for (paths, expected) in [
            (&["a", "b"][..], &[0, 0][..]),
            (&["a/", "a/b/", "a/b/c"], &[0, 1, 2]),
            (&["a/b/c", "a/b/d", "a/b/", "a/", "a/e"], &[0, 2, 2, 1, 1]),
            (&["a/b", "b/a", "b/"], &[0, 0, 1]),
            (&["a/", "a/"], &[0, 1]),
        ] {
            assert_eq!(insert(paths).unwrap(), expected, "{paths:?}");
        }
    }

    #[test]
    fn one_path_for_two() {
        for (paths, expected) in [
            (&["a/b", "a/b"][..], "has the path of another entry"),
            (
                &["a", "a/b"],
                "has a path that is both a file and a directory",
            ),
            (
                &["a/b/c", "a/b"],
                "has a path that is both a file and a directory",
            ),
            (
                &["a", "a/"],
                "has a path that is both a file and a directory",
            ),
        ] {
            assert_eq!(insert(paths).unwrap_err(), expected, "{paths:?}");
        }
    }

    #[test]
    fn directories_count() {
        assert_eq!(insert(&["a/b/c/d/e", "a/b/c/d/"]).unwrap(), [0, 4]);
        assert_eq!(
            insert(&["a/b/c/d/e", "f"]).unwrap_err(),
            "is beyond the limit of 5 files and directories"
        );
        insert(&["a/b/c/d/e/f"]).unwrap_err();
    }
}
