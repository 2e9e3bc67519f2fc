package io.strandline.security.door;

import org.springframework.boot.ExitCodeGenerator;

/** The server was told to listen where strangers could reach it. */
class UnsafeBindException extends IllegalStateException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;
    private static final int EXIT_CODE = 15;

    private final String address;

    UnsafeBindException(String address) {
        super("refusing to listen on " + address + " without authentication");
        this.address = address;
    }

    String address() {
        return address;
    }

    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }
}
