using System.Text.RegularExpressions;

namespace HilRig.Sim.Tests.Dynamics.Inlining;

/// <summary>A call that the JIT left in a kernel.</summary>
/// <param name="Caller">Class of the kernel, with its type arguments.</param>
/// <param name="Method">The kernel.</param>
/// <param name="Target">What is called, as the listing names it.</param>
internal sealed partial record ListedCall(string Caller, string Method, string Target)
{
    /// <summary>Namespace of the kernels, as listings name it.</summary>
    public const string Kernels = "HilRig.Sim.Dynamics.Kernels.";

    /// <summary>Long functions, and what never runs: a call of its own is right.</summary>
    private static readonly string[] Allowed =
    [
        "Scalars.L4:Pow", "Scalars.L8:Pow", "Scalars.L16:Pow", // one call for all lanes
        "Scalars.L4:Exp", "Scalars.L8:Exp", "Scalars.L16:Exp",
        "Scalars.L4:Log", "Scalars.L8:Log", "Scalars.L16:Log",
        "Scalars.L4:Atan2", "Scalars.L8:Atan2", "Scalars.L16:Atan2",
        "System.Math:Pow", "System.Math:Exp", "System.Math:Log", // the C library's
        "System.Math:Atan2", "System.Math:SinCos",
        "CORINFO_HELP_THROW_ARGUMENTOUTOFRANGEEXCEPTION", // after a check of a lane's number
    ];

    /// <summary>
    /// Whether a number goes through memory that an inlined call would keep in a register. A call
    /// from a phase to a phase that hands over the env and integers costs nothing.
    /// </summary>
    public bool IsCostly
    {
        get
        {
            if (Array.Exists(Allowed, Target.Contains))
            {
                return false;
            }

            Match signature = Signature().Match(Target);
            return !signature.Success
                || !Target.Contains(Kernels, StringComparison.Ordinal)
                || Memory().Replace(signature.Value, "").Contains(
                    "Scalars.", StringComparison.Ordinal);
        }
    }

    /// <summary>Name of the kernel's class without type arguments.</summary>
    public string ClassName => Shorten(Caller);

    /// <inheritdoc/>
    public override string ToString() => $"{ClassName}.{Method} calls {Target}";

    /// <summary>A class without namespace and type arguments.</summary>
    public static string Shorten(string caller)
    {
        string name = caller.Split('`', '[')[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    // Arguments and result.
    [GeneratedRegex(@"(?<=:[\w<>.]+(\[.*\])?)\([^()]*\).*$")]
    private static partial Regex Signature();

    // Structs that hold an address of numbers, not numbers.
    [GeneratedRegex(@"\w+Mem`\d\[[^\[\]]*\]|TileEnvelope`2\[[^\[\]]*\[[^\[\]]*\]\]")]
    private static partial Regex Memory();
}
