package dev.touchstone.http;

import dev.touchstone.ChannelResolver;
import dev.touchstone.Interaction;
import dev.touchstone.event.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one HTTP request as one event, in any server. An adapter calls {@link #begin}, then for
 * asynchronous work {@link #suspend} and {@link #resume}. It reports {@link #firstByte the first byte}, {@link #fail
 * failures} and {@link #disconnect disconnects}, and ends with {@link #settle} and {@link #close}. None of these
 * methods throws, even if a resolver, classifier or listener throws. Servers may signal from several threads: of
 * several signals that end a request, the first one settles it.
 *
 * <p>The duration is the time until the customer has the answer: until the end of a response that is one body, until
 * the first byte of a {@link #stream stream}. A client that disconnects before that abandons the request; one that
 * disconnects from a stream later does not.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 */
public final class RequestRecording<S> {

    /**
     * The name of the request attribute with the current {@link Interaction}. A request with this attribute is
     * already recorded.
     */
    public static final String INTERACTION = "dev.touchstone.interaction";

    private static final int CLIENT_ERROR = 400;
    private static final int UNPROCESSABLE = 422;
    private static final int SERVER_ERROR = 500;

    private final Interaction interaction;
    private final RequestResolvers<S> resolvers;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile S request;
    private volatile boolean consentResolved;
    private volatile boolean suspended;
    private volatile boolean disconnected;
    private volatile boolean stream;
    private volatile boolean partial;
    private volatile boolean invalidInput;
    private volatile @Nullable Duration firstByte;
    private volatile int sentStatus;
    private volatile @Nullable Throwable unhandled;
    private volatile @Nullable Throwable handled;
    private volatile Runnable whenDisconnected = () -> {};

    /** Creates a recording of a request. */
    public RequestRecording(Interaction interaction, S request, RequestResolvers<S> resolvers) {
        this.interaction = interaction;
        this.request = request;
        this.resolvers = resolvers;
    }

    /**
     * Sets the request that resolvers and the classifier read from now on: the request as passed on by the
     * application's filters, which may have more information.
     */
    public void request(S passedOn) {
        request = passedOn;
    }

    /** Resolves the channel, and the customer if already known. */
    public void begin() {
        List<ChannelResolver<S>> channels = resolvers.channels();
        for (int i = channels.size() - 1; i >= 0; i--) {
            interaction.channel(channels.get(i), request); // the last one set remains
        }
        resolveCustomer();
    }

    /** Marks the touchpoint as undeclared: without a resolved channel, its channel is {@code web}. */
    public void undeclared() {
        if (interaction.channel().isEmpty()) {
            interaction.channel(Channel.WEB);
        }
    }

    /** Returns the interaction of the request. */
    public Interaction interaction() {
        return interaction;
    }

    /** Resolves the customer again, for a login in the meantime. */
    public void resolveCustomer() {
        interaction.presume(resolvers.customers(), request);
    }

    /** Resolves consent, once, after authentication. */
    public void resolveConsent() {
        if (!consentResolved) {
            consentResolved = true;
            resolvers.consents().forEach(consent -> interaction.consent(consent, request));
        }
    }

    /** Reports that the request continues in another dispatch or on another thread. */
    public void suspend() {
        suspended = true;
    }

    /** Returns whether the request continues in another dispatch or on another thread. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Reports a further dispatch of the request. Returns whether the request was suspended. */
    public boolean resume() {
        boolean was = suspended;
        suspended = false;
        return was;
    }

    /**
     * Reports that the first byte of the body is sent. Only the first call counts.
     *
     * @param status the status of the response
     */
    public void firstByte(int status) {
        if (firstByte == null) {
            sentStatus = status;
            firstByte = interaction.elapsed();
        }
    }

    /** Marks the response as a stream: the customer has the answer from its first byte on. */
    public void stream() {
        stream = true;
    }

    /**
     * Reports that the application flushed the body and may continue. If the client disconnects before the end, the
     * response was a {@link #stream}.
     */
    public void partial() {
        partial = true;
    }

    /** Marks the customer's input as refused, whatever the status of the response. */
    public void invalidInput() {
        invalidInput = true;
    }

    /** Sets a callback that runs on a disconnect, on the thread that reports it. It must not throw. */
    public void whenDisconnected(Runnable then) {
        whenDisconnected = then;
    }

    /** Reports that the client no longer waits for the response. */
    public void disconnect() {
        disconnected = true;
        whenDisconnected.run();
    }

    /** Returns whether a disconnect was reported. */
    public boolean isDisconnected() {
        return disconnected;
    }

    /** Reports an exception that was turned into a response. It is used only to detect a disconnect. */
    public void handled(Throwable exception) {
        handled = exception;
    }

    /**
     * Reports an exception that left the application or that the server reported. The first one is the exception of
     * the request.
     *
     * @param exception the exception; null if the server reports an error without one
     */
    public void fail(@Nullable Throwable exception) {
        if (unhandled == null) {
            unhandled = exception;
        }
        if (suspended && exception instanceof IOException) {
            // while suspended, no application code runs on the request: the connection broke
            disconnected = true;
        }
    }

    /** Returns whether {@link #settle} was called. */
    public boolean isSettled() {
        return settled.get();
    }

    /**
     * Settles the interaction with the outcome of the finished request, unless the application has settled it.
     *
     * @param status returns the status of the response
     * @return whether this call was the first, so that the caller must {@link #close} the recording
     */
    public boolean settle(IntSupplier status) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        Duration untilAnswered = isStream() ? firstByte : null;
        if (untilAnswered != null) {
            interaction.duration(untilAnswered);
        }
        // the request is read inside, guarded: a server may refuse it
        interaction.settle(ended -> resolvers.outcomes().classify(finished(ended)), status);
        interaction.settle(ended -> StandardOutcomes.classify(finished(ended)), status);
        if (invalidInput) {
            interaction.invalidInput();
        }
        return true;
    }

    /** Ends the recording without an event. Returns false if it was settled already. */
    public boolean discard() {
        return settled.compareAndSet(false, true);
    }

    private FinishedRequest<S> finished(IntSupplier status) {
        Throwable thrown = unhandled;
        boolean gone = isGone();
        if (gone && isStream() && firstByte != null) {
            return finished(sentStatus, null, false); // the customer disconnected with the answer
        }
        int answered = gone ? statusIfKnown(status) : status.getAsInt();
        // an exception without a response yet: the current status will not be sent
        return finished(thrown != null && answered < CLIENT_ERROR ? SERVER_ERROR : answered, thrown, gone);
    }

    /** Returns 0 if the server has recycled the response after a disconnect. */
    private static int statusIfKnown(IntSupplier status) {
        try {
            return status.getAsInt();
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private FinishedRequest<S> finished(int status, @Nullable Throwable thrown, boolean gone) {
        if (!gone && (status == CLIENT_ERROR || status == UNPROCESSABLE)) {
            invalidInput = true;
        }
        return new FinishedRequest<>(request, status, Optional.ofNullable(thrown), gone, invalidInput);
    }

    private boolean isGone() {
        return disconnected || isDisconnect(unhandled) || isDisconnect(handled);
    }

    private boolean isStream() {
        return stream || (partial && isGone());
    }

    private static boolean isDisconnect(@Nullable Throwable exception) {
        return exception != null && ClientDisconnects.isDisconnect(exception);
    }

    /** Records the event. */
    public void close() {
        interaction.close();
    }
}
