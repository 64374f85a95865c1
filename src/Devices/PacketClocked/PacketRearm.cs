using HilRig.Core.Errors;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked;

/// <summary>A person's word that a stopped controller may move again.</summary>
public static class PacketRearm
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Asks a controller to leave its latched stop; it does so once it rests.</summary>
    /// <param name="endpoint">"udp://HOST:PORT".</param>
    /// <param name="dofCount">Number of joints.</param>
    /// <param name="rigDigest">First eight bytes of the rig file's SHA-256.</param>
    /// <exception cref="RigException">It does not answer, or another host commands it.</exception>
    public static void Ask(string endpoint, int dofCount, ulong rigDigest)
    {
        using PacketLink link = PacketLink.Open(endpoint);

        // Whoever has the seat is told first: nobody re-arms under a host that commands.
        link.TakeSeat(dofCount, rigDigest, Timeout);
        link.SendSession(PacketKind.Rearm, dofCount, link.Session, rigDigest);
    }
}
