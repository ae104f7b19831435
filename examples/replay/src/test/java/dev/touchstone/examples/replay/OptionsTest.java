package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void nothingMeansStandardInputAsText() {
        Options options = parse("");

        assertThat(options.file()).isEmpty();
        assertThat(options.catalog()).isEmpty();
        assertThat(options.at()).isEmpty();
        assertThat(options.customers()).isFalse();
        assertThat(options.format()).isEqualTo(Format.TEXT);
        assertThat(options.strict()).isFalse();
        assertThat(options.help()).isFalse();
        assertThat(parse("-").file()).isEmpty();
    }

    @Test
    void everythingCanBeSaidInAnyOrder() {
        Options options =
                parse("--strict --catalog c.json e.jsonl --at 2026-03-02T01:00:00+01:00 --format json --customers");

        assertThat(options.file()).contains("e.jsonl");
        assertThat(options.catalog()).contains(Path.of("c.json"));
        assertThat(options.at()).contains(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(options.customers()).isTrue();
        assertThat(options.format()).isEqualTo(Format.JSON);
        assertThat(options.strict()).isTrue();
        assertThat(parse("--catalog=c.json --format=text").catalog()).contains(Path.of("c.json"));
        assertThat(parse("--at 2026-03-02t00:00:00z").at()).contains(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(parse("--help").help()).isTrue();
        assertThat(parse("-h").help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--catalgo c.json | there is no option --catalgo; did you mean \"--catalog\"?",
                "--custmers | there is no option --custmers; did you mean \"--customers\"?",
                "-x | there is no option -x",
                "--catalog | --catalog needs a value",
                "--catalog= | --catalog needs a value",
                "--catalog --strict | --catalog needs a value",
                "--strict=yes | --strict has no value",
                "--at yesterday | --at: \"yesterday\" is not a time such as 2026-03-02T00:00:00Z",
                "--at 2026-03-02 | --at: \"2026-03-02\" is not a time such as 2026-03-02T00:00:00Z",
                "--at +12026-03-02T00:00:00Z | --at: \"+12026-03-02T00:00:00Z\" is not a time such as"
                        + " 2026-03-02T00:00:00Z",
                "--format xml | --format: \"xml\" is neither text nor json",
                "--format JSON | --format: \"JSON\" is neither text nor json",
                "a.jsonl b.jsonl | one file at a time, not also b.jsonl",
                "--strict --strict | --strict is given twice",
                "--maximum-series many | --maximum-series: \"many\" is not a whole number",
                "--sampling-rate 2 | --sampling-rate: 2.0 is not a sampling rate: it must be more than 0 and at most 1",
                "--name shop | there is no option --name",
                "--at 2026-03-02T00:00:00Z --at 2026-03-02T00:00:00Z | --at is given twice",
            })
    void whatMakesNoSenseIsTold(String args, String message) {
        assertThatThrownBy(() -> parse(args)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void usageNamesEverySettingOfAnInstance() {
        assertThat(Options.SETTINGS)
                .hasSize(9)
                .allSatisfy(setting -> assertThat(Options.USAGE).contains("--" + setting.name() + " "));
    }

    private static Options parse(String args) {
        return Options.parse(args.isEmpty() ? List.of() : List.of(args.split(" ")));
    }
}
