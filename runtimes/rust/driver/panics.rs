/// A place in the generated file, as the user knows it: beside each file lies a map of its lines.
pub fn __place(file: &str, line: u32, column: u32) -> String {
    let mut text = String::new();
    if let Ok(mut map) = ::std::fs::File::open(format!("{}.map", file)) {
        let _ = ::std::io::Read::read_to_string(&mut map, &mut text);
    }
    for entry in text.lines() {
        let mut numbers = [0; 6];
        for (at, word) in entry.split(' ').enumerate() {
            numbers[at] = word.parse().unwrap_or(0u32);
        }
        if numbers[0] <= line && line < numbers[0] + numbers[1] {
            let is_shifted = line == numbers[0] && column > numbers[5];
            let column = if is_shifted { ::std::cmp::max(column - numbers[5], numbers[4]) } else { column };
            return format!("<cell {}>:{}:{}", numbers[2], numbers[3] + line - numbers[0], column);
        }
    }
    format!("{}:{}:{}", file, line, column)
}
