package dev.touchstone.spring;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response that reports the fate of its body: when its first byte is sent, when the client cancels the rest, or
 * when the server has all of it. If a connection breaks inside a body, Netty cancels the body and then completes the
 * request as if it was written. A customer with the complete answer may disconnect before the request learns that it
 * was written. Leaves the written data unchanged. Thread-safe.
 */
class WatchedResponse extends ServerHttpResponseDecorator {

    final ReactiveRecording recording;

    private WatchedResponse(ServerHttpResponse response, ReactiveRecording recording) {
        super(response);
        this.recording = recording;
    }

    static WatchedResponse of(ServerHttpResponse response, ReactiveRecording recording) {
        return response instanceof ZeroCopyHttpOutputMessage
                ? new OfFiles(response, recording)
                : new WatchedResponse(response, recording);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        ReactiveBody observed = recording.body();
        Consumer<DataBuffer> each = body instanceof Mono ? whole -> {} : part -> observed.written(false);
        return recording.beforeAnswer(() -> super.writeWith(watched(body, each, recording::delivered)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        ReactiveBody observed = recording.body();
        return recording.beforeAnswer(() -> super.writeAndFlushWith(watched(
                Flux.from(body).map(part -> watched(part, bytes -> observed.written(true), () -> {})),
                part -> {},
                recording::delivered)));
    }

    @Override
    public Mono<Void> setComplete() {
        return recording.beforeAnswer(() -> super.setComplete().doOnSuccess(nothing -> recording.headersSent()));
    }

    /** Returns a Mono for a Mono: servers write complete bodies differently from streams. */
    private <T> Publisher<T> watched(Publisher<T> body, Consumer<? super T> each, Runnable whenComplete) {
        if (body instanceof Mono<T> whole) {
            return Mono.defer(() -> {
                AtomicBoolean ended = new AtomicBoolean();
                return whole.doOnNext(each)
                        .doOnTerminate(() -> ended.set(true))
                        .doOnSuccess(value -> whenComplete.run())
                        .doOnCancel(() -> cancelled(ended));
            });
        }
        return Flux.defer(() -> {
            AtomicBoolean ended = new AtomicBoolean();
            return Flux.from(body)
                    .doOnNext(each)
                    .doOnTerminate(() -> ended.set(true))
                    .doOnComplete(whenComplete)
                    .doOnCancel(() -> cancelled(ended));
        });
    }

    /** Reports a cancellation, unless the body has ended: some subscribers cancel after the end. */
    private void cancelled(AtomicBoolean ended) {
        if (!ended.get()) {
            recording.unwanted();
        }
    }

    /** A response to which the server can write a file itself. */
    private static final class OfFiles extends WatchedResponse implements ZeroCopyHttpOutputMessage {

        OfFiles(ServerHttpResponse response, ReactiveRecording recording) {
            super(response, recording);
        }

        @Override
        public Mono<Void> writeWith(Path file, long position, long count) {
            return ((ZeroCopyHttpOutputMessage) getDelegate())
                    .writeWith(file, position, count)
                    .doOnSubscribe(written -> recording.delivered());
        }
    }
}
