using HilRig.Core.Errors;
using HilRig.Devices.Agent;

namespace HilRig.Devices.Tests.Agent;

internal sealed class AgentOptionsTests
{
    [Test]
    public void The_defaults_are_valid() =>
        Assert.That(new AgentOptions().Validate, Throws.Nothing);

    [Test]
    public void Every_wrong_option_is_named_at_once()
    {
        var options = new AgentOptions
        {
            IdlePeriod = TimeSpan.Zero,
            FirstCommandTimeout = TimeSpan.Zero,
            IllegalCommandLimit = 0,
            LostReadLimit = 0,
            ServoErrorReadLimit = 0,
        };
        Assert.That(options.Validate, Throws.TypeOf<DeviceException>()
            .With.Message.Contains("IdlePeriod").And.Message.Contains("FirstCommandTimeout")
            .And.Message.Contains("IllegalCommandLimit").And.Message.Contains("LostReadLimit")
            .And.Message.Contains("ServoErrorReadLimit"));
    }
}
