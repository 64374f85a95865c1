using HilRig.Core.Errors;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Tests.Transports;

/// <summary>How a TCP port fails to open.</summary>
public sealed class TcpTransportTests
{
    [TestCase("tcp://127.0.0.1")]
    [TestCase("tcp://127.0.0.1:0")]
    [TestCase("tcp://127.0.0.1:70000")]
    [TestCase("tcp://:4600")]
    public void A_malformed_port_says_what_one_looks_like(string port)
    {
        DeviceException error = Assert.Throws<DeviceException>(
            () => TransportFactory.Open(port, 0));
        Assert.That(error.Expected, Does.Contain("tcp://host:port"));
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_port_nobody_listens_on_says_so()
    {
        // Port 1 is tcpmux, which no modern system serves.
        DeviceException error = Assert.Throws<DeviceException>(
            () => TransportFactory.Open("tcp://127.0.0.1:1", 0));
        Assert.That(error.What, Does.Contain("nobody answers"));
    }
}
