package dev.touchstone.examples.replay;

import dev.touchstone.json.ScoreboardJson;

/** How a result is printed. */
enum Format {
    TEXT {
        @Override
        String print(String source, Replay.Result result) {
            return new TextReport(source, result).toString();
        }
    },
    JSON {
        @Override
        String print(String source, Replay.Result result) {
            ScoreboardJson json = ScoreboardJson.pretty().titles(result.titles());
            if (result.rows().isPresent()) {
                PeriodRows rows = result.rows().get();
                return json.write(rows.resolution(), rows.all(), rows.marks()) + "\n";
            }
            return result.customers()
                            .map(customers -> json.write(result.scoreboard(), customers))
                            .orElseGet(() -> json.write(result.scoreboard()))
                    + "\n";
        }
    };

    abstract String print(String source, Replay.Result result);

    /** @throws IllegalArgumentException if there is no such format */
    static Format of(String name) {
        return switch (name) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
