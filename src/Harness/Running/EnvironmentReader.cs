using System.Reflection;
using System.Runtime.InteropServices;
using HilRig.Core.RealTime;
using HilRig.Harness.Results;

namespace HilRig.Harness.Running;

/// <summary>Describes the machine of a run.</summary>
internal static class EnvironmentReader
{
    /// <summary>Reads it.</summary>
    /// <param name="grants">What the loop's thread asked for, and got or not.</param>
    internal static EnvironmentReport Read(IReadOnlyList<RealTimeGrant> grants) => new()
    {
        Version = Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown",
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString(),
        Runtime = RuntimeInformation.FrameworkDescription,
        ProcessorCount = Environment.ProcessorCount,
        RealTime = grants.Any(
            grant => grant is { Feature: RealTimeFeature.FifoScheduling, Granted: true }),
        Granted = [.. grants.Where(grant => grant.Granted).Select(grant => grant.Describe())],
        Refused = [.. grants.Where(grant => !grant.Granted).Select(grant => grant.Describe())],
    };
}
