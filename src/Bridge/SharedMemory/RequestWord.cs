using System.Numerics;

namespace HilRig.Bridge.SharedMemory;

/// <summary>Words of a request in a seat, counted in 8 bytes.</summary>
internal static class RequestWord
{
    public const int Session = 0;
    public const int Token = 1;
    public const int Reason = 2;
    public const int Check = 3;

    /// <summary>Number of the request; written last.</summary>
    public const int Id = 4;

    /// <summary>Check sum of a request.</summary>
    /// <param name="session">Session.</param>
    /// <param name="token">Owner token.</param>
    /// <param name="reason">Reason of a stop.</param>
    /// <param name="id">Number.</param>
    public static long CheckOf(long session, long token, long reason, long id)
    {
        uint sum = BitOperations.Crc32C(uint.MaxValue, (ulong)session);
        sum = BitOperations.Crc32C(sum, (ulong)token);
        sum = BitOperations.Crc32C(sum, (ulong)reason);
        return BitOperations.Crc32C(sum, (ulong)id);
    }
}
