package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CustomerIdProperties {

    private static final PseudonymKey KEY = PseudonymKey.random();

    @Property
    void neverThrowsAndIsTheSameCustomerInEveryUnicodeForm(@ForAll String text) {
        CustomerId id = CustomerId.of(text);
        for (Normalizer.Form form : new Normalizer.Form[] {Normalizer.Form.NFC, Normalizer.Form.NFD}) {
            String other = Normalizer.normalize(text, form);
            CustomerId same = CustomerId.of(" " + other + "\t");
            if (id.isValid() && other.length() < 250) {
                assertThat(same.key(KEY)).isEqualTo(id.key(KEY));
            }
        }
        assertThat(id).hasToString("***");
    }
}
