using HilRig.Bridge.Learner;
using HilRig.Bridge.Tests.Learner;

namespace HilRig.Bridge.Tests;

/// <summary>
/// The program of this assembly when a test starts it as a learner to kill: keeps what it is sent.
/// </summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        using LearnerDesk desk = ChannelEnds.Desk(arguments[0]);
        ChannelEnds.Take(desk, int.MaxValue, CancellationToken.None);
    }
}
