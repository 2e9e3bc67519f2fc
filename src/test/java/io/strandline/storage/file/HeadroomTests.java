package io.strandline.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.storage.StorageFullException;
import io.strandline.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadroomTests {

    private static final long RESERVE = 100_000;

    @TempDir
    private Path directory;

    private long free = 1_000_000;
    private Headroom headroom;

    @BeforeEach
    void layBy() {
        headroom = new Headroom(directory, RESERVE, () -> free);
        headroom.look();
    }

    @Test
    void keepsAReserveWhileThereIsRoom() {
        assertThat(reserve()).hasSize(RESERVE);
        assertThatCode(headroom::admit).doesNotThrowAnyException();
        assertThat(headroom.full()).isEmpty();
    }

    @Test
    void admitsNothingLargeOnceHardlyAnyRoomIsLeftBesideTheReserve() {
        see(RESERVE - 1);
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(headroom::admit)
                .withMessageContaining("99999 bytes are free");
        assertThat(reserve()).as("still there for what frees space").hasSize(RESERVE);
    }

    @Test
    void admitsAgainWhenThereIsClearlyMoreRoomThanWouldStopIt() {
        see(RESERVE - 1);
        see(RESERVE + 1);
        assertThat(headroom.full()).isPresent();
        see(2 * RESERVE);
        assertThat(headroom.full()).isEmpty();
    }

    @Test
    void givesTheReserveUpOnceAndLaysItByAgainByItself() {
        assertThat(headroom.giveUp()).isTrue();
        assertThat(headroom.giveUp()).isFalse();
        assertThat(reserve()).doesNotExist();
        see(RESERVE);
        assertThat(headroom.full()).isPresent();
        see(3 * RESERVE);
        assertThat(headroom.full()).isEmpty();
        assertThat(reserve()).hasSize(RESERVE);
    }

    @Test
    void refusesWhileTheReserveCannotBeLaidBy() throws IOException {
        headroom.giveUp();
        Files.createDirectory(reserve());
        Files.createFile(reserve().resolve("in-the-way"));
        see(10 * RESERVE);
        assertThat(headroom.full()).hasValueSatisfying(why -> assertThat(why).contains("cannot be written"));
    }

    @Test
    void admitsEverythingWithoutAReserve() {
        Headroom none = new Headroom(directory.resolve("none"), 0, () -> 0);
        none.look();
        assertThatCode(none::admit).doesNotThrowAnyException();
    }

    @Test
    void takesAwayTheReserveThatNobodyWantsAnyMore() throws IOException {
        Headroom none = Headroom.open(directory, 0);
        assertThat(reserve()).doesNotExist();
        assertThat(none.giveUp()).isFalse();
        assertThatCode(none::admit).doesNotThrowAnyException();
    }

    @Test
    void aStoreOpensNoStagingWithoutRoom() throws IOException {
        FileSnapshotStore store =
                FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC(), new LocalDisk(), headroom);
        see(0);
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> store.openStaging("1-1"));
        see(10 * RESERVE);
        assertThatCode(() -> store.openStaging("1-1").close()).doesNotThrowAnyException();
    }

    private void see(long bytes) {
        free = bytes;
        headroom.look();
    }

    private Path reserve() {
        return directory.resolve(Headroom.FILE);
    }
}
