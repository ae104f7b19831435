package dev.touchstone.archfixture;

/** Fine: an enum and an exception are serializable without a word of ours. */
enum Kind {
    ONE,
    TWO;

    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
