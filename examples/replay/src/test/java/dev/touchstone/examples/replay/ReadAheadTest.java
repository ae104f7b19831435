package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.DropReason;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

    @Test
    void linesKeepTheOrderAndTheNumbersOfTheSource() throws IOException {
        for (int count : new int[] {0, 1, 511, 512, 513, 10 * 512}) {
            try (ReadAhead ahead = new ReadAhead(new Numbers(count, null), ReadAheadTest::line)) {
                List<Long> numbers = new ArrayList<>();
                List<String> messages = new ArrayList<>();
                while (ahead.next()) {
                    numbers.add(ahead.number());
                    messages.add(ahead.line().message());
                }
                assertThat(numbers).isEqualTo(Numbers.upTo(count));
                assertThat(messages)
                        .isEqualTo(numbers.stream().map(String::valueOf).toList());
                assertThat(ahead.next()).isFalse();
            }
        }
    }

    @Test
    void whatTheSourceThrowsComesAfterTheLinesBeforeIt() throws IOException {
        for (Throwable thrown :
                List.of(new EOFException("cut"), new InputException("cut"), new StackOverflowError("cut"))) {
            try (ReadAhead ahead = new ReadAhead(new Numbers(700, thrown), ReadAheadTest::line)) {
                for (int i = 1; i <= 700; i++) {
                    assertThat(ahead.next()).isTrue();
                    assertThat(ahead.number()).isEqualTo(i);
                }
                assertThatThrownBy(ahead::next).isSameAs(thrown);
                assertThatThrownBy(ahead::next).isSameAs(thrown);
            }
        }
    }

    @Test
    void whatReadingALineThrowsComesAfterTheLinesBeforeIt() throws IOException {
        RuntimeException thrown = new IllegalStateException("line 3");
        ReadAhead ahead = new ReadAhead(new Numbers(5, null), source -> {
            if (source.number() == 3) {
                throw thrown;
            }
            return line(source);
        });
        try (ahead) {
            assertThat(ahead.next()).isTrue();
            assertThat(ahead.next()).isTrue();
            assertThat(ahead.number()).isEqualTo(2);
            assertThatThrownBy(ahead::next).isSameAs(thrown);
        }
    }

    @Test
    void closingEndsReadingThatIsFarAhead() throws IOException, InterruptedException {
        Numbers endless = new Numbers(Integer.MAX_VALUE, null);
        try (ReadAhead ahead = new ReadAhead(endless, ReadAheadTest::line)) {
            assertThat(ahead.next()).isTrue();
        }
        endless.reader.join();
        assertThat(endless.number).isLessThan(100_000);
    }

    private static Line line(EventSource source) {
        return Line.bad(DropReason.BAD_EVENT, String.valueOf(source.number()), Line.NO_TIME);
    }

    /** Empty lines that are numbered from 1, and something that is thrown at the end. */
    private static final class Numbers implements EventSource {

        private final int count;
        private final @Nullable Throwable end;
        private volatile long number;
        private volatile Thread reader = Thread.currentThread();

        Numbers(int count, @Nullable Throwable end) {
            this.count = count;
            this.end = end;
        }

        static List<Long> upTo(int count) {
            List<Long> numbers = new ArrayList<>();
            for (long i = 1; i <= count; i++) {
                numbers.add(i);
            }
            return numbers;
        }

        @Override
        public boolean next() throws IOException {
            reader = Thread.currentThread();
            if (number < count) {
                long next = number + 1; // on one thread only
                number = next;
                return true;
            }
            if (end instanceof IOException e) {
                throw e;
            }
            if (end instanceof RuntimeException e) {
                throw e;
            }
            if (end instanceof Error e) {
                throw e;
            }
            return false;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public @Nullable String problem() {
            return null;
        }

        @Override
        public byte[] buffer() {
            return new byte[0];
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return 0;
        }
    }
}
