using System.Runtime.InteropServices;
using System.Text.Json;

namespace HilRig.Sim.Tests.Parity;

/// <summary>Reads numbers of a fixture one after another.</summary>
internal sealed class FixtureStream(double[] numbers)
{
    private int _next;

    public bool AtEnd => _next == numbers.Length;

    public static double[] Decode(JsonElement text) =>
        MemoryMarshal.Cast<byte, double>(text.GetBytesFromBase64()).ToArray();

    public double[] Take(int count)
    {
        double[] taken = numbers[_next..(_next + count)];
        _next += count;
        return taken;
    }

    public double One() => numbers[_next++];

    public int Count() => (int)numbers[_next++];
}
