//! How many tests a suite says it ran. Pure: what was printed comes in, the sum goes out.

/// Passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u32,
    /// Tests that failed.
    pub(crate) failed: u32,
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Sums what cargo's test programs say.
pub(crate) fn of_cargo(printed: &str) -> Count {
    let results = printed.lines().filter(|line| line.starts_with("test result: "));
    results
        .map(|line| numbers_before(line, "passed", "failed"))
        .fold(Count::default(), |a, b| a + b)
}

/// What vitest says in its line `Tests  1 failed | 11 passed (12)`.
pub(crate) fn of_vitest(printed: &str) -> Count {
    let plain = without_colour(printed);
    let mut lines = plain.lines().map(str::trim).filter(|line| line.starts_with("Tests "));
    lines.next_back().map_or_else(Count::default, |line| numbers_before(line, "passed", "failed"))
}

/// What our own scripts say in their last line of the form `11 passed, 1 failed`.
pub(crate) fn of_script(printed: &str) -> Count {
    let plain = without_colour(printed);
    let mut lines = plain.lines().map(str::trim).filter(|line| {
        line.starts_with(|c: char| c.is_ascii_digit())
            && line.ends_with(" failed")
            && line.contains(" passed, ")
    });
    lines.next_back().map_or_else(Count::default, |line| numbers_before(line, "passed", "failed"))
}

fn numbers_before(line: &str, passed: &str, failed: &str) -> Count {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let before = |name: &str| {
        let pairs = words.iter().zip(words.iter().skip(1));
        pairs
            .filter(|(_, word)| **word == name)
            .find_map(|(number, _)| number.parse().ok())
            .unwrap_or(0)
    };
    Count { passed: before(passed), failed: before(failed) }
}

fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            // A sequence ends with its first letter.
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u32, failed: u32) -> Count {
        Count { passed, failed }
    }

    #[test]
    fn cargos_programs_are_summed() {
        let printed = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; in 0.1s\n\
            test result: FAILED. 5 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(of_cargo(printed), count(7, 3));
        assert_eq!(of_cargo(""), count(0, 0));
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let printed = "\u{1b}[2m Test Files \u{1b}[22m 1 failed | 3 passed (4)\n\
            \u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m1 failed\u{1b}[22m | \u{1b}[32m11 passed\u{1b}[39m (12)\n";
        assert_eq!(of_vitest(printed), count(11, 1));
        assert_eq!(of_vitest("      Tests  4 passed (4)\n"), count(4, 0));
    }

    #[test]
    fn scripts_say_it_in_their_last_line() {
        assert_eq!(of_script("1 passed, 0 failed\nmore\n 9 passed, 2 failed \n"), count(9, 2));
        assert_eq!(of_script("all fine"), count(0, 0));
    }

    #[test]
    fn the_sum_reads_as_the_last_line() {
        assert_eq!((count(1, 0) + count(2, 3)).to_string(), "3 passed, 3 failed");
    }
}
