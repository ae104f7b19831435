package dev.touchstone.examples.storefront;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is sold.
 *
 * @param id what it is called in links
 * @param name what it is called
 * @param price what it costs
 */
record Product(String id, String name, double price) {

    private static final List<Product> ALL = List.of(
            new Product("kettle", "Enamel kettle", 39.5),
            new Product("teapot", "Cast-iron teapot", 64),
            new Product("cup", "Thin-walled cup", 12),
            new Product("tray", "Walnut tray", 48),
            new Product("tin", "Tea tin", 9.5),
            new Product("strainer", "Steel strainer", 14));

    static List<Product> all() {
        return ALL;
    }

    static Optional<Product> byId(String id) {
        return ALL.stream().filter(product -> product.id.equals(id)).findFirst();
    }

    static List<Product> matching(String query) {
        String wanted = query.toLowerCase(Locale.ROOT).strip();
        return ALL.stream()
                .filter(product -> product.name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    String priceTag() {
        return String.format(Locale.ROOT, "%.2f", price);
    }
}
