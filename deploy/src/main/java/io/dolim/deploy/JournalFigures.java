package io.dolim.deploy;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The figures of the one journal of this process, by its managed bean: this module does not compile against persistence.
 */
final class JournalFigures {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName ANY = any();

    private JournalFigures() {}

    /** A figure by the name of its attribute; empty while no journal is open. */
    static OptionalLong of(String attribute) {
        Set<ObjectName> journals = BEANS.queryNames(ANY, null);
        if (journals.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            Object figure = BEANS.getAttribute(journals.iterator().next(), attribute);
            return OptionalLong.of(((Number) figure).longValue());
        } catch (JMException gone) {
            return OptionalLong.empty();
        }
    }

    private static ObjectName any() {
        try {
            return new ObjectName("io.dolim.persistence:type=Journal,*");
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
