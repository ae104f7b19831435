package dev.touchstone.examples.replay;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. Not thread-safe. */
final class Table {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    /** @param columns the headings; those that begin with {@code >} are of columns aligned to the right */
    Table(String... columns) {
        this.columns = List.of(columns).stream()
                .map(heading ->
                        heading.startsWith(">") ? new Column(heading.substring(1), true) : new Column(heading, false))
                .toList();
        rows.add(this.columns.stream().map(Column::heading).toList());
    }

    /** Puts a title over the columns from one heading to another. Groups are added from left to right. */
    Table group(String title, String from, String to) {
        groups.add(new Group(title, index(from), index(to)));
        return this;
    }

    private int index(String heading) {
        return columns.stream().map(Column::heading).toList().indexOf(heading);
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
        StringBuilder text = new StringBuilder(groups(widths));
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

    private String groups(int[] widths) {
        StringBuilder line = new StringBuilder();
        for (Group group : groups) {
            int start = start(widths, group.from);
            int width = start(widths, group.to) + widths[group.to] - start;
            String title = " " + group.title + " ";
            int dashes = Math.max(2, width - length(title));
            line.append(" ".repeat(Math.max(0, start - line.length())))
                    .append("-".repeat(dashes / 2))
                    .append(title)
                    .append("-".repeat(dashes - dashes / 2))
                    .append(GAP);
        }
        return groups.isEmpty() ? "" : line.toString().stripTrailing() + '\n';
    }

    private static int start(int[] widths, int column) {
        int start = 0;
        for (int i = 0; i < column; i++) {
            start += widths[i] + GAP.length();
        }
        return start;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private record Group(String title, int from, int to) {}

    private record Column(String heading, boolean right) {}
}
