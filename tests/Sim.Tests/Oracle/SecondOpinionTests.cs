using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Oracle;

/// <summary>
/// MuJoCo 2.2.2 on the states of the fixtures, where its semantics are those of 3.14: it must agree
/// with the WebAssembly build that made the fixtures, and the simulator with it.
/// </summary>
internal sealed class SecondOpinionTests
{
    // Round-off of different builds and a solver that ends where it can no longer improve.
    private const double SmoothLimit = 1e-11;
    private const double RowLimit = 1e-9;
    private const double AccelerationLimit = 1e-6;

    [TestCase("two-link", 0)]
    [TestCase("joints", 0)]
    [TestCase("cart-pole", 0)]
    [TestCase("arm7", 0)]
    [TestCase("soft", 0)]
    [TestCase("limits", 0)]
    [TestCase("pairs-sphere", 0)]
    [TestCase("pairs-capsule", 0)]
    [TestCase("condim-pyramidal", 0)]
    [TestCase("condim-elliptic", 0)]
    [TestCase("smooth-contact", 0)]
    [TestCase("arm-box", 0)]
    [TestCase("quadruped", 0)]
    [TestCase("hand", 0)]
    [CancelAfter(120_000)]
    public void An_older_mujoco_agrees(string name, int leastAlike)
    {
        _ = leastAlike;
        string? reason = Unready.Reason(name, "second opinion");
        if (reason is not null)
        {
            Assert.Ignore(reason);
        }

        string folder = Directory.CreateTempSubdirectory("hilrig-older-").FullName;
        try
        {
            ParityFixture fixture = FixtureSet.Fixture(name);
            Model model = FixtureSet.Load(name);
            string file = OlderModel.Write(folder, FixtureSet.PathOf(name), model);
            List<ParityState> older = OlderMujoco.Evaluate(folder, file, fixture);
            Errors errors = Compare(fixture, older);
            TestContext.Out.WriteLine($"| {name} | {errors}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Errors Compare(ParityFixture fixture, List<ParityState> older)
    {
        var errors = new Errors();
        for (int i = 0; i < older.Count; i++)
        {
            ParityState a = fixture.States[i];
            ParityState b = older[i];
            errors.Add("M", Distance.Relative(b.MassMatrix, a.MassMatrix));
            errors.Add("bias", Distance.Relative(b.Bias, a.Bias));
            errors.Add("smooth", Distance.Relative(b.SmoothAcceleration, a.SmoothAcceleration));
            bool alike = a.Rows.Length == b.Rows.Length && a.Contacts.Length == b.Contacts.Length;
            errors.Add("unlike", alike ? 0 : 1);
            if (alike)
            {
                for (int r = 0; r < a.Rows.Length; r++)
                {
                    errors.Add("J", Distance.Relative(b.Rows[r].Jacobian, a.Rows[r].Jacobian));
                }
                errors.Add("D", Distance.Elementwise([.. b.Rows.Select(r => r.Weight)], [.. a.Rows.Select(r => r.Weight)], 0));
                errors.Add("aref", Distance.Relative([.. b.Rows.Select(r => r.Reference)], [.. a.Rows.Select(r => r.Reference)]));
                errors.Add("qacc", Distance.Relative(b.Acceleration, a.Acceleration));
            }
        }

        return errors;
    }
}
