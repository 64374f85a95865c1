using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

internal sealed class ResidentMemoryTests
{
    [Test]
    public void Figures_are_those_of_a_running_dotnet_process()
    {
        ResidentMemory memory = ResidentMemory.Read();
        Assert.That(memory.ResidentBytes, Is.InRange(5_000_000, 4_000_000_000));
        Assert.That(memory.PeakResidentBytes, Is.GreaterThanOrEqualTo(memory.ResidentBytes));
    }
}
