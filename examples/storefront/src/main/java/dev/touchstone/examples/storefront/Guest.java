package dev.touchstone.examples.storefront;

import dev.touchstone.event.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The visitor of a session, with a cart and possibly a login. Thread-safe. */
final class Guest {

    private static final String ATTRIBUTE = Guest.class.getName();

    // not the session's id, which is a secret
    private final CustomerId unknown = CustomerId.anonymous(UUID.randomUUID().toString());
    private final List<Product> cart = new ArrayList<>();
    private @Nullable CustomerId known;

    /** Returns who sends the request. */
    static Guest of(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.getAttribute(ATTRIBUTE) instanceof Guest guest) {
            return guest;
        }
        Guest guest = new Guest();
        session.setAttribute(ATTRIBUTE, guest);
        return guest;
    }

    /** Returns the customer, or the guest who is not known to be one yet. */
    synchronized CustomerId customer() {
        return known == null ? unknown : known;
    }

    /** Returns what the guest was before being known. */
    CustomerId unknown() {
        return unknown;
    }

    synchronized void logIn(CustomerId customer) {
        known = customer;
    }

    synchronized void putIntoCart(Product product) {
        cart.add(product);
    }

    synchronized List<Product> cart() {
        return List.copyOf(cart);
    }

    synchronized double total() {
        return cart.stream().mapToDouble(Product::price).sum();
    }

    synchronized void emptyCart() {
        cart.clear();
    }
}
