package io.dolim.deploy.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Keeps an entity busy: so many writes under way, each answer followed by the next one. */
final class Client {

    /**
     * What the clients of one turn share.
     *
     * @param stopping no further write is begun
     * @param written events acknowledged
     * @param open clients with answers to come
     */
    record Turn(AtomicBoolean stopping, LongAdder written, CountDownLatch open) {
        static Turn of(int clients) {
            return new Turn(new AtomicBoolean(), new LongAdder(), new CountDownLatch(clients));
        }
    }

    private Client() {}

    static Behavior<Entity.Written> of(
            ActorRef<Entity.Command> entity, Object event, int times, int inFlight, Turn turn) {
        return Behaviors.setup(
                context -> {
                    Entity.Write write = new Entity.Write(event, times, context.getSelf());
                    for (int i = 0; i < inFlight; i++) {
                        entity.tell(write);
                    }
                    return answering(entity, write, inFlight, turn);
                });
    }

    private static Behavior<Entity.Written> answering(
            ActorRef<Entity.Command> entity, Entity.Write write, int inFlight, Turn turn) {
        int[] open = {inFlight};
        return Behaviors.receiveMessage(
                answer -> {
                    turn.written().add(answer.events());
                    if (!turn.stopping().get()) {
                        entity.tell(write);
                        return Behaviors.same();
                    }
                    open[0]--;
                    if (open[0] > 0) {
                        return Behaviors.same();
                    }
                    turn.open().countDown();
                    return Behaviors.stopped();
                });
    }
}
