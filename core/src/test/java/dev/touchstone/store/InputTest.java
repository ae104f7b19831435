package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class InputTest {

    private static Input of(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        return new Input(buffer.flip());
    }

    @Test
    void moreEntriesThanThereIsRoomForAreMalformed() {
        assertThat(of(3, 0, 0, 0).getSize(1)).isEqualTo(3);
        assertThatThrownBy(() -> of(4, 0, 0, 0).getSize(1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> of(2, 0, 0, 0).getSize(2)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> of(0xFF, 0xFF, 0xFF, 0xFF, 0x7F).getSize(1)).isInstanceOf(MalformedException.class);
    }

    @Test
    void countThatDoesNotEndOrIsNegativeIsMalformed() {
        assertThatThrownBy(() -> of(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
                        .getCount())
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> of(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01)
                        .getCount())
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void partOutsideTheSectionIsMalformed() {
        assertThatThrownBy(() -> of(1, 2).getPart(3)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> of(1, 2).getPart(-1)).isInstanceOf(MalformedException.class);
    }
}
