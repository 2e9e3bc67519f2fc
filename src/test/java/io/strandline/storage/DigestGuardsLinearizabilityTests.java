package io.strandline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.Linearizability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Pinning, letting go and condemning blobs at the same time. */
class DigestGuardsLinearizabilityTests {

    private static final List<Digest> DIGESTS = IntStream.range(0, 2)
            .mapToObj(i -> Digest.of(ByteBuffer.allocate(32).putInt(i).array()))
            .toList();

    @Test
    void whatIsPinnedIsNeverCondemned() {
        Linearizability.check(Guarded.class);
    }

    @Test
    void tellsWhenACollectorLooksBeforeItHasTheGuard() {
        assertThat(Linearizability.tells(LooksTooEarly.class)).isTrue();
    }

    /** A store of two blobs, as readers, writers and the collector use it. */
    @Param(name = "blob", gen = IntGen.class, conf = "0:1")
    public static class Guarded {

        final DigestGuards guards = new DigestGuards();
        final boolean[] live = {true, true};

        @Operation
        public boolean pin(@Param(name = "blob") int blob) {
            try {
                guards.pin(List.of(DIGESTS.get(blob)), digest -> live[blob]);
                return true;
            } catch (IOException notThere) {
                return false;
            }
        }

        @Operation
        public boolean unpin(@Param(name = "blob") int blob) {
            try {
                guards.unpin(DIGESTS.get(blob));
                return true;
            } catch (IllegalStateException notPinned) {
                return false;
            }
        }

        @Operation
        public boolean condemn(@Param(name = "blob") int blob) {
            try (DigestGuards.Guard guard = guards.enter(DIGESTS.get(blob))) {
                if (guard.pinned()) {
                    return false;
                }
                live[blob] = false;
                return true;
            }
        }

        @Operation
        public void link(@Param(name = "blob") int blob) {
            try (DigestGuards.Guard guard = guards.enter(DIGESTS.get(blob))) {
                live[blob] = true;
                guard.pin();
            }
        }
    }

    /** The same with a collector that decides under one guard and acts under another. */
    @Param(name = "blob", gen = IntGen.class, conf = "0:0")
    public static class LooksTooEarly extends Guarded {

        @Override
        @Operation
        public boolean condemn(@Param(name = "blob") int blob) {
            boolean pinned;
            try (DigestGuards.Guard guard = guards.enter(DIGESTS.get(blob))) {
                pinned = guard.pinned();
            }
            if (pinned) {
                return false;
            }
            live[blob] = false;
            return true;
        }
    }
}
