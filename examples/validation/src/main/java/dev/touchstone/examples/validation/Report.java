package dev.touchstone.examples.validation;

import dev.touchstone.examples.validation.Contest.Learned;
import dev.touchstone.examples.validation.Contest.Line;
import dev.touchstone.internal.HalfUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that came out.
 *
 * @param contests the rankings
 * @param hcahps the stars of hospitals, if they were there
 */
record Report(List<Contest> contests, Optional<Hcahps> hcahps) {

    /** Returns one JSON object of numbers and marks, each under a key with dots. */
    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Contest contest : contests) {
            fields.put(contest.key() + ".cases", contest.cases());
            fields.put(contest.key() + ".bad", contest.badCases());
            for (Learned learned : contest.learned()) {
                put(fields, learned);
            }
            for (Line line : contest.lines()) {
                fields.put(line.key() + ".auc", line.auc().value());
                fields.put(line.key() + ".low", line.auc().low());
                fields.put(line.key() + ".high", line.auc().high());
                line.mark().ifPresent(mark -> {
                    fields.put(line.key() + ".mark", mark);
                    fields.put(line.key() + ".reached", line.auc().value() >= mark);
                });
            }
        }
        hcahps.ifPresent(stars -> {
            fields.put("hcahps.hospitals", stars.hospitals());
            fields.put("hcahps.matched", stars.matched());
            fields.put("hcahps.stars", stars.stars());
            fields.put("hcahps.starsMatched", stars.starsMatched());
        });
        // keys are ours and values are numbers or marks: nothing needs an escape
        return fields.entrySet().stream()
                .map(field -> "  \"" + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static void put(Map<String, Object> fields, Learned learned) {
        Forecast forecast = learned.forecast();
        fields.put(learned.key() + ".auc", forecast.auc()); // for all answers, the line says the same
        fields.put(learned.key() + ".logLoss", forecast.logLoss());
        fields.put(learned.key() + ".ece", forecast.calibrationError());
        for (int i = 0; i < Forecast.SHARES.size(); i++) {
            int share = Forecast.SHARES.get(i);
            fields.put(learned.key() + ".lift" + share, forecast.worst().get(i).lift());
            fields.put(
                    learned.key() + ".recall" + share, forecast.worst().get(i).recall());
        }
    }

    /** Returns tables for people, which Markdown understands too. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Contest contest : contests) {
            text.append(contest.title())
                    .append(" (")
                    .append(contest.badCases())
                    .append(" of ")
                    .append(contest.cases())
                    .append(")\n\n");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ranked by", "AUC", "95 %", "mark"));
            for (Line line : contest.lines()) {
                rows.add(List.of(
                        line.name(),
                        HalfUp.format(line.auc().value(), 3),
                        HalfUp.format(line.auc().low(), 3) + " to "
                                + HalfUp.format(line.auc().high(), 3),
                        mark(line)));
            }
            text.append(table(rows)).append('\n');
            text.append(table(learned(contest))).append('\n');
        }
        hcahps.ifPresent(stars -> text.append("HCAHPS: summary star and yes/no composite of ")
                .append(stars.matched())
                .append(" of ")
                .append(stars.hospitals())
                .append(" hospitals, ")
                .append(stars.starsMatched())
                .append(" of ")
                .append(stars.stars())
                .append(" stars by one table of cut points\n"));
        return text.toString();
    }

    private static List<List<String>> learned(Contest contest) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("predicted from", "AUC", "log loss", "calibration error"));
        Forecast.SHARES.forEach(share -> header.add("lift, recall of worst " + share + " %"));
        rows.add(header);
        for (Learned learned : contest.learned()) {
            Forecast forecast = learned.forecast();
            List<String> row = new ArrayList<>(List.of(
                    learned.name(),
                    HalfUp.format(forecast.auc(), 3),
                    HalfUp.format(forecast.logLoss(), 3),
                    HalfUp.format(forecast.calibrationError(), 3)));
            forecast.worst()
                    .forEach(worst -> row.add(
                            HalfUp.format(worst.lift(), 1) + ", " + HalfUp.format(100 * worst.recall(), 0) + " %"));
            rows.add(row);
        }
        return rows;
    }

    private static String mark(Line line) {
        if (line.mark().isEmpty()) {
            return "";
        }
        double mark = line.mark().getAsDouble();
        return HalfUp.format(mark, 3) + (line.auc().value() >= mark ? " reached" : " missed");
    }

    private static String table(List<List<String>> rows) {
        StringBuilder table = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            table.append(line(rows, rows.get(r), " "));
            if (r == 0) {
                table.append(line(rows, Collections.nCopies(rows.get(r).size(), ""), "-"));
            }
        }
        return table.toString();
    }

    private static String line(List<List<String>> rows, List<String> cells, String padding) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            String cell = cells.get(i);
            line.append(padding)
                    .append(cell)
                    .append(padding.repeat(width - cell.length() + 1))
                    .append('|');
        }
        return line.append('\n').toString();
    }
}
