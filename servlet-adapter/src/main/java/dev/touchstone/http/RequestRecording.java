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
 * The recording of one HTTP request as one event, whatever serves the request. An adapter calls {@link #begin}, then for
 * asynchronous work {@link #suspend} and {@link #resume}, reports {@link #firstByte the first byte}, {@link #fail failures}
 * and {@link #disconnect disconnects} as it learns of them, and ends with {@link #settle} and {@link #close}. None of these
 * throws, whatever a resolver, a classifier or a listener throws. Thread-safe as far as signals of servers are concerned: of several that end
 * a request, the first one settles it.
 *
 * <p>The duration is the time until the customer has the answer: until the end of a response that is one body, until the
 * first byte of a {@link #stream stream}. A client that disconnects before that abandons the request; one that disconnects
 * from a stream later does not.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 */
public final class RequestRecording<S> {

    /** The name of the request attribute with the running {@link Interaction}. A request that has it is recorded already. */
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
     * Sets the request that resolvers and the classifier read from now on: the request as the application's filters pass it
     * on, which may know more than the one with which the recording began.
     */
    public void request(S passedOn) {
        request = passedOn;
    }

    /** Resolves the channel, and the customer as far as known yet. */
    public void begin() {
        List<ChannelResolver<S>> channels = resolvers.channels();
        for (int i = channels.size() - 1; i >= 0; i--) {
            interaction.channel(channels.get(i), request); // what is set last remains
        }
        resolveCustomer();
    }

    /** The touchpoint is undeclared: if nothing found a channel, it is {@code web}. */
    public void undeclared() {
        if (interaction.channel().isEmpty()) {
            interaction.channel(Channel.WEB);
        }
    }

    /** Returns the interaction of the request. */
    public Interaction interaction() {
        return interaction;
    }

    /** Resolves the customer again, who may have logged in since. */
    public void resolveCustomer() {
        interaction.presume(resolvers.customers(), request);
    }

    /** Resolves consent, once: when authentication is done. */
    public void resolveConsent() {
        if (!consentResolved) {
            consentResolved = true;
            resolvers.consents().forEach(consent -> interaction.consent(consent, request));
        }
    }

    /** The request continues in another dispatch or on another thread. */
    public void suspend() {
        suspended = true;
    }

    /** Returns whether the request continues in another dispatch or on another thread. */
    public boolean isSuspended() {
        return suspended;
    }

    /** A further dispatch of the request begins. Returns whether the request was suspended. */
    public boolean resume() {
        boolean was = suspended;
        suspended = false;
        return was;
    }

    /**
     * The first byte of the body is on its way to the client. Of several calls, the first one counts.
     *
     * @param status the status of the response
     */
    public void firstByte(int status) {
        if (firstByte == null) {
            sentStatus = status;
            firstByte = interaction.elapsed();
        }
    }

    /** The response is a stream: the customer has the answer from its first byte on. */
    public void stream() {
        stream = true;
    }

    /**
     * The application handed over the body so far, and may go on: if the client disconnects before the end, the response was a
     * {@link #stream}.
     */
    public void partial() {
        partial = true;
    }

    /** The customer's input was refused, whatever the status of the response is. */
    public void invalidInput() {
        invalidInput = true;
    }

    /** Sets what runs when a disconnect is reported, on the thread that reports it. It may not throw. */
    public void whenDisconnected(Runnable then) {
        whenDisconnected = then;
    }

    /** The client no longer waits for the response. */
    public void disconnect() {
        disconnected = true;
        whenDisconnected.run();
    }

    /** Returns whether the client no longer waits for the response, as far as was reported. */
    public boolean isDisconnected() {
        return disconnected;
    }

    /** An exception was turned into a response. It is looked at only to find out whether the client is gone. */
    public void handled(Throwable exception) {
        handled = exception;
    }

    /**
     * An exception left the application, or the server reported one. The first one is the exception of the request.
     *
     * @param exception the exception; null if the server reports an error without one
     */
    public void fail(@Nullable Throwable exception) {
        if (unhandled == null) {
            unhandled = exception;
        }
        if (suspended && exception instanceof IOException) {
            // the application runs no code of its own on the request while it is suspended: the connection broke
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
     * @param status reads the status of the response
     * @return whether this call was the first, so that the caller has to {@link #close} the recording
     */
    public boolean settle(IntSupplier status) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        Duration untilAnswered = isStream() ? firstByte : null;
        if (untilAnswered != null) {
            interaction.duration(untilAnswered);
        }
        // what is read of the request is read inside: a server may refuse it
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
            return finished(sentStatus, null, false); // the customer left with the answer
        }
        int answered = gone ? statusIfKnown(status) : status.getAsInt();
        // if an exception is still to be turned into a response, the status is that of a response that is not sent
        return finished(thrown != null && answered < CLIENT_ERROR ? SERVER_ERROR : answered, thrown, gone);
    }

    /** A server may have recycled the response when the connection is gone. */
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
