package io.dolim.deploy;

import io.dolim.quoting.pricing.PricingVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "dolim " + (version == null ? "(unpackaged)" : version),
            "pricing version " + PricingVersion.CURRENT,
            "Java " + Runtime.version()
        };
    }
}
