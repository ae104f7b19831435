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
 * A response that reports what becomes of its body: when its first byte goes out, that the client does not want the rest of
 * it, or that the server has got it whole. When a connection breaks in the midst of a body, Netty cancels it and then ends the request as if all of it had been
 * written; and a customer with the whole answer may be gone before the request knows that it was written. What is
 * written, and how, stays as it is. Thread-safe.
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

    /** A Mono stays one: servers write what is complete in another way than what is to come. */
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

    /** Some cancel what has ended. */
    private void cancelled(AtomicBoolean ended) {
        if (!ended.get()) {
            recording.unwanted();
        }
    }

    /** A response to which the server can write a file by itself. */
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
