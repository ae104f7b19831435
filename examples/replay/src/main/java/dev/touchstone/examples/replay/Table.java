package dev.touchstone.examples.replay;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. Not thread-safe. */
final class Table {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param columns the headings; those that begin with {@code >} are of columns aligned to the right */
    Table(String... columns) {
        this.columns = List.of(columns).stream()
                .map(heading ->
                        heading.startsWith(">") ? new Column(heading.substring(1), true) : new Column(heading, false))
                .toList();
        rows.add(this.columns.stream().map(Column::heading).toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - length(row.get(i)));
                line.append(i == 0 ? "" : GAP)
                        .append(columns.get(i).right ? padding : "")
                        .append(row.get(i))
                        .append(columns.get(i).right ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private record Column(String heading, boolean right) {}
}
