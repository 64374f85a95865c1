using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>A gate: what it measures and the limit of every error.</summary>
/// <param name="Name">Such as G2.</param>
/// <param name="Title">Few words for the table.</param>
/// <param name="Measure">Compares a model with its fixture.</param>
/// <param name="Limit">Errors stay below it.</param>
internal sealed record GateRule(
    string Name, string Title, Func<Model, ParityFixture, Errors> Measure, double Limit);
