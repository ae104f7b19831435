package dev.touchstone.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes numbers with at most four decimals, which is more than a page shows and a fraction of the cost: most of what a
 * scoreboard of 1,000 cells takes to write is the printing of 40,000 doubles to their last digit. Used once.
 */
final class RoundedNumbers extends JsonGeneratorDelegate {

    private static final int DECIMALS = 4;
    private static final long UNIT = 10_000;
    /** Beyond that there may be no decimals to round. */
    private static final double LARGEST = 1e11;

    private final char[] digits = new char[24];

    RoundedNumbers(JsonGenerator json) {
        super(json);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        if (!(Math.abs(number) < LARGEST)) {
            return super.writeNumber(number);
        }
        long scaled = Math.round(Math.abs(number) * UNIT);
        long decimals = scaled % UNIT;
        long whole = scaled / UNIT;
        int from = digits.length;
        if (decimals > 0) {
            int width = DECIMALS;
            while (decimals % 10 == 0) {
                decimals /= 10;
                width--;
            }
            for (int i = 0; i < width; i++) {
                digits[--from] = (char) ('0' + decimals % 10);
                decimals /= 10;
            }
            digits[--from] = '.';
        }
        do {
            digits[--from] = (char) ('0' + whole % 10);
            whole /= 10;
        } while (whole > 0);
        if (number < 0 && scaled > 0) {
            digits[--from] = '-';
        }
        super.writeNumber(digits, from, digits.length - from);
        return this;
    }
}
