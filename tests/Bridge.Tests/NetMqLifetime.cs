using NetMQ;

namespace HilRig.Bridge.Tests;

/// <summary>
/// Ends NetMQ's threads after the last test; a blocking clean-up could hang for ever.
/// </summary>
[SetUpFixture]
public sealed class NetMqLifetime
{
    [OneTimeTearDown]
    public void Clean() => NetMQConfig.Cleanup(false);
}
