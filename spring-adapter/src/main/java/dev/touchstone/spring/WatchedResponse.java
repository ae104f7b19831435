package dev.touchstone.spring;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response of which is told when nobody wants the rest of its body. When a connection breaks, Netty cancels the body
 * and then ends the request as if all of it had been written. What is written, and how, stays as it is. Thread-safe.
 */
class WatchedResponse extends ServerHttpResponseDecorator {

    private final Runnable whenUnwanted;

    private WatchedResponse(ServerHttpResponse response, Runnable whenUnwanted) {
        super(response);
        this.whenUnwanted = whenUnwanted;
    }

    static WatchedResponse of(ServerHttpResponse response, Runnable whenUnwanted) {
        return response instanceof ZeroCopyHttpOutputMessage
                ? new OfFiles(response, whenUnwanted)
                : new WatchedResponse(response, whenUnwanted);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return super.writeWith(watched(body));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(watched(Flux.from(body).map(this::watched)));
    }

    /** A Mono stays one: servers write what is complete in another way than what is to come. */
    private <T> Publisher<T> watched(Publisher<T> body) {
        if (body instanceof Mono<T> whole) {
            return Mono.defer(() -> {
                AtomicBoolean ended = new AtomicBoolean();
                return whole.doOnTerminate(() -> ended.set(true)).doOnCancel(() -> cancelled(ended));
            });
        }
        return Flux.defer(() -> {
            AtomicBoolean ended = new AtomicBoolean();
            return Flux.from(body).doOnTerminate(() -> ended.set(true)).doOnCancel(() -> cancelled(ended));
        });
    }

    /** Some cancel what has ended. */
    private void cancelled(AtomicBoolean ended) {
        if (!ended.get()) {
            whenUnwanted.run();
        }
    }

    /** A response to which the server can write a file by itself. */
    private static final class OfFiles extends WatchedResponse implements ZeroCopyHttpOutputMessage {

        OfFiles(ServerHttpResponse response, Runnable whenUnwanted) {
            super(response, whenUnwanted);
        }

        @Override
        public Mono<Void> writeWith(Path file, long position, long count) {
            return ((ZeroCopyHttpOutputMessage) getDelegate()).writeWith(file, position, count);
        }
    }
}
