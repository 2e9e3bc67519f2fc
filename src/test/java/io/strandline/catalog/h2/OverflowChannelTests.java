package io.strandline.catalog.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that goes on in memory when its disk is full. */
class OverflowChannelTests {

    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private SmallDisk disk;
    private OverflowChannel channel;
    private boolean hasRoom;
    private long nanos;

    @BeforeEach
    void open() throws IOException {
        disk = new SmallDisk(directory.resolve("file"), 8 * BLOCK);
        channel = new OverflowChannel(disk, () -> hasRoom, () -> nanos);
    }

    @Test
    void readsWhatFoundNoRoom() throws IOException {
        write(0, 6 * BLOCK, 1);
        write(4 * BLOCK, 6 * BLOCK, 2);
        assertThat(channel.size()).isEqualTo(10 * BLOCK);
        assertThat(read(0, 4 * BLOCK)).containsOnly(1);
        assertThat(read(4 * BLOCK, 6 * BLOCK)).containsOnly(2);
    }

    @Test
    void leavesTheFileAsItWasSoThatACrashFindsOneMomentOfIt() throws IOException {
        write(0, 8 * BLOCK, 1);
        write(8 * BLOCK, BLOCK, 2);
        write(0, BLOCK, 3);
        channel.force(true);
        assertThat(Files.readAllBytes(disk.path)).hasSize(8 * BLOCK).containsOnly(1);
    }

    @Test
    void bringsTheFileUpToDateWhenThereIsRoomAgain() throws IOException {
        write(0, 8 * BLOCK, 1);
        write(8 * BLOCK, BLOCK, 2);
        disk.size = 20 * BLOCK;
        nanos += TimeUnit.SECONDS.toNanos(1);
        channel.force(true);
        assertThat(Files.size(disk.path)).as("nobody said that there was").isEqualTo(8 * BLOCK);

        hasRoom = true;
        write(2 * BLOCK, BLOCK, 3);
        assertThat(Files.readAllBytes(disk.path)).isEqualTo(read(0, 9 * BLOCK));
    }

    @Test
    void keepsWhatIsInMemoryWhenThereWasRoomForPartOfItOnly() throws IOException {
        write(0, 8 * BLOCK, 1);
        write(8 * BLOCK, 4 * BLOCK, 2);
        disk.size = 10 * BLOCK;
        hasRoom = true;
        nanos += TimeUnit.SECONDS.toNanos(1);
        write(0, BLOCK, 3);
        assertThat(Files.readAllBytes(disk.path)).hasSize(8 * BLOCK).containsOnly(1);
        assertThat(read(0, BLOCK)).containsOnly(3);
        assertThat(read(8 * BLOCK, 4 * BLOCK)).containsOnly(2);
    }

    @Test
    void isWrittenWhenItIsClosed() throws IOException {
        write(0, 8 * BLOCK, 1);
        write(8 * BLOCK, BLOCK, 2);
        disk.size = 20 * BLOCK;
        channel.close();
        assertThat(Files.size(disk.path)).isEqualTo(9 * BLOCK);
    }

    @Test
    void refusesMoreThanItMayKeepAndKeepsTheRest() throws IOException {
        Overflow overflow = new Overflow(disk, 2);
        overflow.write(ByteBuffer.wrap(new byte[] {1}), 0);
        overflow.write(ByteBuffer.wrap(new byte[] {2}), BLOCK);
        assertThatThrownBy(() -> overflow.write(ByteBuffer.allocate(BLOCK + 1), BLOCK))
                .hasMessageContaining("No space left on device");
        ByteBuffer byteRead = ByteBuffer.allocate(1);
        overflow.read(byteRead, BLOCK);
        assertThat(byteRead.get(0)).isEqualTo((byte) 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isOneFileHoweverOftenRoomComesAndGoes(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] wanted = new byte[0];
        for (int step = 0; step < 2_000; step++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(300);
            if (random.nextInt(20) == 0) {
                disk.size = random.nextInt(30) * BLOCK;
                hasRoom = random.nextBoolean();
            }
            if (random.nextInt(10) == 0) {
                int size = wanted.length == 0 ? 0 : random.nextInt(wanted.length);
                channel.truncate(size);
                wanted = Arrays.copyOf(wanted, size);
            } else {
                int at = random.nextInt(Math.min(wanted.length, 24 * BLOCK) + 1);
                int length = 1 + random.nextInt(2 * BLOCK);
                write(at, length, step);
                wanted = Arrays.copyOf(wanted, Math.max(wanted.length, at + length));
                Arrays.fill(wanted, at, at + length, (byte) step);
            }
            assertThat(channel.size()).isEqualTo(wanted.length);
        }
        assertThat(read(0, wanted.length)).isEqualTo(wanted);
        disk.size = 100 * BLOCK;
        channel.close();
        assertThat(Files.readAllBytes(disk.path)).isEqualTo(wanted);
        assertThat(disk.refused).as("times the disk was full").isGreaterThan(10);
    }

    private void write(int at, int length, int value) throws IOException {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        assertThat(channel.write(ByteBuffer.wrap(bytes), at)).isEqualTo(length);
    }

    private byte[] read(int at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            assertThat(bytes.position()).isPositive();
        }
        assertThat(bytes.remaining()).isZero();
        return bytes.array();
    }

    /** A file on a disk that lets it grow to so many bytes, and writes what fits before it says that it is full. */
    private static final class SmallDisk extends FileBase {

        private final Path path;
        private final FileChannel file;
        private int size;
        private int refused;

        SmallDisk(Path path, int size) throws IOException {
            this.path = path;
            this.size = size;
            this.file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public int read(ByteBuffer to, long at) throws IOException {
            return file.read(to, at);
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            long fits = Math.max(file.size(), size) - at;
            if (fits <= 0) {
                refused++;
                throw new IOException("No space left on device");
            }
            int length = (int) Math.min(fits, from.remaining());
            int written = file.write(from.slice(from.position(), length), at);
            from.position(from.position() + written);
            return written;
        }

        @Override
        public FileChannel truncate(long to) throws IOException {
            file.truncate(to);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
