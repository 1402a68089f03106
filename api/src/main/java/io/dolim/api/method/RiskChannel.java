package io.dolim.api.method;

import io.dolim.api.rpc.Channel;
import io.dolim.api.rpc.Delivery;
import io.dolim.api.rpc.Topic;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.capacity.RiskReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code pool.risk}: the pool's risk once for each opened view, while somebody listens. */
final class RiskChannel {

    /** Its only name. */
    static final String NAME = "pool.risk";

    private static final Logger LOG = LoggerFactory.getLogger(RiskChannel.class);

    private final RiskDesk risk;
    private final Floor floor;
    private final Topic topic = new Topic(NAME, Delivery.LATEST);
    private long asked = -1;

    RiskChannel(RiskDesk risk, Floor floor) {
        this.risk = risk;
        this.floor = floor;
    }

    Channel channel() {
        return topic;
    }

    /** Called by the clock of the channels alone. The report is made, and said, on the desk's own thread. */
    void look() {
        if (topic.subscribers() == 0) {
            asked = -1;
            return;
        }
        floor.newestPool()
                .filter(view -> view.viewNumber() != asked)
                .ifPresent(
                        view -> {
                            asked = view.viewNumber();
                            var _ =
                                    risk.newest()
                                            .whenComplete((report, fault) -> say(report, fault));
                        });
    }

    private void say(Optional<RiskReport> report, @Nullable Throwable fault) {
        if (fault != null) {
            LOG.warn("no risk report: {}", fault.toString());
            return;
        }
        report.ifPresent(
                made -> topic.publish(JsonText.bytes(json -> RiskWriter.write(json, made, floor))));
    }
}
