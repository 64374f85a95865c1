using System.Runtime.CompilerServices;

namespace HilRig.Core.Tests.RealTime;

/// <summary>Hot code that nothing calls before its test.</summary>
internal static class CompiledInAdvance
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Touch()
    {
    }
}
