package io.strandline.security;

import java.util.List;

/** Secrets that a server is given in each place of its settings that takes one, by the file that each lies in. */
enum Canary {
    PASSWORD("canary-of-a-password"),
    ADDRESS("canary-in-an-address"),
    PATH("canary-in-a-path"),
    CATALOG("canary-of-the-catalog"),
    SIGNING("whsec_Y2FuYXJ5LW9mLWEtd2ViaG9vay1zZWNyZXQ=");

    private final String text;

    Canary(String text) {
        this.text = text;
    }

    /** The file in the secrets' directory. */
    String file() {
        return name();
    }

    /** The secret itself. */
    String text() {
        return text;
    }

    /** What must be found nowhere: the secret, or the part of it that nobody could do without. */
    String trace() {
        return this == SIGNING ? text.substring("whsec_".length()) : text;
    }

    /** Settings that name them all. */
    static List<String> settings() {
        return List.of(
                "--strandline.connections.warehouse.url=jdbc:postgresql://127.0.0.1:1/x?sslpassword=${secret:ADDRESS}",
                "--strandline.connections.warehouse.username=strandline",
                "--strandline.connections.warehouse.password=${secret:PASSWORD}",
                "--strandline.webhooks.hook.url=http://127.0.0.1:1/${secret:PATH}?token=${secret:PATH}",
                "--strandline.webhooks.hook.secret=${secret:SIGNING}",
                "--spring.datasource.password=${secret:CATALOG}");
    }
}
