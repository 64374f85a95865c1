using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>What Runge-Kutta keeps between its stages; nothing for other integrators.</summary>
internal readonly struct StageLayout
{
    public readonly int Start; // [state] at the start of the step
    public readonly int Moving; // [dof] velocity of the stage before
    public readonly int Velocity; // [dof] weighted sum
    public readonly int Rate; // [dof] weighted sum of accelerations
    public readonly int ActivationRate; // [activation] weighted sum

    public StageLayout(Model model, SlotCounter slots, int stateCount)
    {
        bool needed = model.Options.Integrator == Integrator.RungeKutta4;
        int dofs = needed ? model.DofCount : 0;
        Start = slots.Work(needed ? stateCount : 0);
        Moving = slots.Work(dofs);
        Velocity = slots.Work(dofs);
        Rate = slots.Work(dofs);
        ActivationRate = slots.Work(needed ? model.ActivationCount : 0);
    }
}
