//! Columns of text: cells that end in a tab are as wide as the widest of the lines around them.
//!
//! Source: Go text/tabwriter (elastic tab stops), as kubectl uses it

/// How a table's columns are set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// The least width of a column, in characters.
    pub least: usize,
    /// Blanks behind the widest cell.
    pub padding: usize,
}

/// `kubectl get`. Source: cli-runtime printers/tabwriter.go GetNewTabWriter
pub const TABLE: Gap = Gap { least: 6, padding: 3 };
/// `kubectl describe`. Source: kubectl describe/describe.go tabbedString
pub const DESCRIPTION: Gap = Gap { least: 0, padding: 2 };

/// `text` with its tabs replaced by blanks. A column goes on as long as consecutive lines have it;
/// what follows a line's last tab belongs to no column.
pub fn align(text: &str, gap: Gap) -> String {
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let mut out = String::with_capacity(text.len() * 2);
    block(&lines, gap, &mut Vec::new(), &mut out);
    out
}

/// Writes lines of which `widths` are the first columns' widths.
fn block(lines: &[Vec<&str>], gap: Gap, widths: &mut Vec<usize>, out: &mut String) {
    let column = widths.len();
    let has = |line: &Vec<&str>| column + 1 < line.len();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|line| has(line) == has(first)).count();
        let (run, behind) = rest.split_at(alike);
        rest = behind;
        if has(first) {
            let widest = run.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
            widths.push(gap.least.max(widest + gap.padding));
            block(run, gap, widths, out);
            widths.pop();
        } else {
            run.iter().for_each(|line| write(line, widths, out));
        }
    }
}

fn write(line: &[&str], widths: &[usize], out: &mut String) {
    for (nth, cell) in line.iter().enumerate() {
        out.push_str(cell);
        if let Some(width) = widths.get(nth) {
            let blanks = width.saturating_sub(cell.chars().count());
            out.extend(std::iter::repeat_n(' ', blanks));
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_the_lines_around_them_need() {
        let text = "NAME\tREADY\nweb-long\t1/1\n";
        assert_eq!(align(text, TABLE), "NAME       READY\nweb-long   1/1\n");
        let text = "a:\tb\nlong name:\tc\td\nnone\nx\ty\n";
        let want = "a:          b\nlong name:  c  d\nnone\nx  y\n";
        assert_eq!(align(text, DESCRIPTION), want);
        assert_eq!(align("\té\tx\n", DESCRIPTION), "  é  x\n");
    }
}
