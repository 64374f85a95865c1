using System.Runtime.Intrinsics.X86;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics.Inlining;

/// <summary>
/// The JIT stops inlining in a method that has grown too long, and a step is then many times
/// slower though right. These read its machine code.
/// </summary>
internal sealed class InliningTests
{
    private static string Arm => Path.Combine(TestFiles.ShippedModels, "arm7.xml");

    private static string BenchArm =>
        Path.Combine(TestFiles.Root, "bench", "sim-peer", "arm7.xml");

    private static string[] Models =>
        [Arm, .. Directory.GetFiles(TestFiles.FixtureModels, "*.xml")];

    [SetUp]
    public void NeedsFusedInstructions()
    {
        if (!Fma.IsSupported)
        {
            Requirement.Unmet(
                "x64", "reads x64 machine code, of a processor that fuses multiply and add");
        }
    }

    [TestCase("double")]
    [TestCase("simd")]
    [CancelAfter(120_000)]
    public void Phases_of_a_step_are_inlined_whole(string backend)
    {
        JitListing listing = JitListing.Take(backend, Models);
        string[] costly = [
            .. listing.Calls
                .Where(call => call.IsCostly && !ColdPhases.Most.ContainsKey(call.ClassName))
                .Select(call => call.ToString())
                .Distinct()];
        Assert.Multiple(() =>
        {
            Assert.That(costly, Is.Empty, $"with {listing.Scalar}");
            Assert.That(listing.Methods, Is.SupersetOf(ColdPhases.Expected));
            Assert.That(listing.Methods, Has.Count.GreaterThan(200));
        });
        TestContext.Out.WriteLine(
            $"{listing.Scalar}: {listing.Methods.Count} methods, no costly call in a hot phase");
    }

    [TestCase("double")]
    [TestCase("simd")]
    [CancelAfter(120_000)]
    public void Rare_phases_do_not_get_more_calls(string backend)
    {
        JitListing listing = JitListing.Take(backend, Models);
        var counts = listing.Calls
            .Where(call => call.IsCostly)
            .GroupBy(call => call.Caller)
            .GroupBy(type => ListedCall.Shorten(type.Key), type => type.Count())
            .ToDictionary(type => type.Key, type => type.Max());
        Assert.Multiple(() =>
        {
            foreach ((string name, int most) in ColdPhases.Most)
            {
                int count = counts.GetValueOrDefault(name);
                TestContext.Out.WriteLine($"{listing.Scalar} {name} {count}");
                Assert.That(
                    count,
                    Is.LessThanOrEqualTo(most),
                    $"{name} with {listing.Scalar}");
            }
        });
    }

    [Test]
    [CancelAfter(120_000)]
    public void Pieces_of_a_compiled_step_are_inlined_whole()
    {
        JitListing listing = JitListing.Take("simd", ["compiled", BenchArm]);
        ListedCall[] calls =
        [
            .. listing.Calls.Where(
                call => call.Method.StartsWith("Plan", StringComparison.Ordinal)),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(
                listing.Methods,
                Is.SupersetOf(
                    new[] { "PlanGuard", "PlanPiece", "PlanStores", "PlanStep" }
                        .Select(method => $"(dynamicClass).{method}")));
            Assert.That(calls, Is.Not.Empty, "a step calls its pieces");
            Assert.That(calls.Select(call => call.Method), Is.All.EqualTo("PlanStep"));
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_method_that_is_too_long_is_seen()
    {
        // With room for 32 locals a method, today's phases are too long.
        JitListing listing = JitListing.Take("simd", [Arm], trackedLocals: "20");
        Assert.That(
            listing.Calls.Where(call => call.IsCostly).Select(call => call.Target),
            Has.Some.Contains($"{listing.Scalar}:Fma("));
    }
}
