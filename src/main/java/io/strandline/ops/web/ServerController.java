package io.strandline.ops.web;

import io.strandline.ops.DegradedMode;
import io.strandline.ops.DegradedModes;
import io.strandline.ops.DegradedModes.Active;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows how the server is. */
@RestController
@RequestMapping(path = "/api/v1/server", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Server", description = "How the server itself is.")
class ServerController {

    private final DegradedModes modes;
    private final String release;
    private final Instant startedAt;

    ServerController(DegradedModes modes, ObjectProvider<BuildProperties> build, ApplicationContext server) {
        this.modes = modes;
        BuildProperties built = build.getIfAvailable();
        this.release = built == null ? "development" : String.valueOf(built.getVersion());
        this.startedAt = Instant.ofEpochMilli(server.getStartupDate());
    }

    @GetMapping
    @Operation(
            summary = "Show the server's state",
            description =
                    "The degraded modes it is in, each with its cause, what works meanwhile, and the way out. Answers also"
                            + " while the catalog is down. The same is in `/actuator/health` and in the meter `strandline.degraded`.")
    ServerResponse server() {
        List<Active> now = modes.now();
        return new ServerResponse(
                release,
                startedAt,
                now.isEmpty() ? ServerResponse.State.NORMAL : ServerResponse.State.DEGRADED,
                now.stream().map(ServerController::show).toList());
    }

    private static ServerResponse.Mode show(Active active) {
        DegradedMode mode = active.mode();
        return new ServerResponse.Mode(
                mode.wireName(),
                active.since(),
                mode.title(),
                active.detail(),
                mode.effect(),
                mode.wayOut(),
                mode.endsByItself());
    }
}
