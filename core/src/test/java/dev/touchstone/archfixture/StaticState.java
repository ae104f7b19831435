package dev.touchstone.archfixture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** Planted: static state, in the fields named so; the others are fine. */
@SuppressWarnings("NonFinalStaticField")
class StaticState {
    static final Map<String, String> CONSTANTS = Map.of("a", "b");
    static final TimeUnit UNIT = TimeUnit.SECONDS;
    static final AtomicLongFieldUpdater<StaticState> COUNT =
            AtomicLongFieldUpdater.newUpdater(StaticState.class, "count");

    static int plantedVariable;
    static final AtomicLong PLANTED_COUNTER = new AtomicLong();
    static final ArrayList<String> PLANTED_LIST = new ArrayList<>(List.of("a"));
    static final Cache<String, String> PLANTED_CACHE = Caffeine.newBuilder().build();
    static final StringBuilder PLANTED_TEXT = new StringBuilder();

    volatile long count;
}
