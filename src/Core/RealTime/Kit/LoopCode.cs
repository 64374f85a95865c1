using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace HilRig.Core.RealTime.Kit;

/// <summary>Compiles a loop's code before its first tick.</summary>
internal static class LoopCode
{
    private const string TieredSwitch = "System.Runtime.TieredCompilation";
    private const string TieredVariable = "DOTNET_TieredCompilation";

    // With tiering a method is compiled again after 30 calls and 100 ms without new methods.
    private const int TieredRounds = 40;
    private const int QuietRoundsNeeded = 2;
    private const long NanosecondsMax = 3_000_000_000;

    /// <summary>Whether the runtime compiles each method once only.</summary>
    public static bool IsCompiledOnce
    {
        get
        {
            string? variable = Environment.GetEnvironmentVariable(TieredVariable);
            return variable is not null
                ? variable.Trim() == "0"
                : AppContext.TryGetSwitch(TieredSwitch, out bool isTiered) && !isTiered;
        }
    }

    /// <summary>Compiles what is asked for and reports it.</summary>
    /// <param name="options">Which assemblies and namespaces, and what runs the loop.</param>
    public static RealTimeGrant Compile(RealTimeOptions options)
    {
        Action? warmUp = options.WarmUp;
        long before = JitInfo.GetCompiledMethodCount();
        foreach (Assembly assembly in options.CompiledAssemblies)
        {
            foreach (Type type in assembly.GetTypes())
            {
                if (IsHot(type.Namespace ?? "", options.CompiledNamespaces)
                    && !type.ContainsGenericParameters)
                {
                    Prepare(type);
                }
            }
        }

        int rounds = 0;
        bool isQuiet = warmUp is null || TryWarmUp(warmUp, out rounds);
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{JitInfo.GetCompiledMethodCount() - before} methods, {rounds} rounds of warm-up");
        if (!isQuiet)
        {
            return new(
                RealTimeFeature.CompiledCode, false, detail + ", the last still compiled some")
            {
                Remedy = RealTimeRemedies.Compilation,
            };
        }

        return IsCompiledOnce
            ? new(RealTimeFeature.CompiledCode, true, detail)
            : new(RealTimeFeature.CompiledCode, false, detail + ", but tiering is on")
            {
                Remedy = RealTimeRemedies.Compilation,
            };
    }

    private static bool TryWarmUp(Action warmUp, out int rounds)
    {
        int quiet = 0;
        int roundsMin = IsCompiledOnce ? 1 : TieredRounds;
        long giveUp = MonotonicClock.NowNanoseconds + NanosecondsMax;
        for (rounds = 0; quiet < QuietRoundsNeeded || rounds < roundsMin; rounds++)
        {
            if (MonotonicClock.NowNanoseconds > giveUp)
            {
                return false;
            }

            long before = JitInfo.GetCompiledMethodCount(currentThread: true);
            warmUp();
            quiet = JitInfo.GetCompiledMethodCount(currentThread: true) == before ? quiet + 1 : 0;
        }

        return true;
    }

    private static bool IsHot(string place, IReadOnlyList<string> namespaces)
    {
        foreach (string part in place.Split('.'))
        {
            if (part is "RealTime" or "Kernels")
            {
                return true;
            }
        }

        foreach (string prefix in namespaces)
        {
            if (place.StartsWith(prefix, StringComparison.Ordinal)
                && (place.Length == prefix.Length || place[prefix.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static void Prepare(Type type)
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (MethodInfo method in type.GetMethods(All))
        {
            bool hasBody = !method.IsAbstract && !method.ContainsGenericParameters
                && (method.Attributes & MethodAttributes.PinvokeImpl) == 0;
            if (hasBody)
            {
                // Without an entry point of its own a virtual method may be left as it is.
                _ = method.MethodHandle.GetFunctionPointer();
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }
}
